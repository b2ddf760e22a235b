/**
 * The pruning defence as arithmetic: channel statistics, the criteria that make an order of the
 * channels by them, by the kernel or by scores that gradients gave elsewhere, the steps that can
 * change an answer, the curve, and the rules that stop it.
 *
 * <p>Liu, Dolan-Gavitt and Garg, "Fine-Pruning: Defending Against Backdooring Attacks on Deep
 * Neural Networks", RAID 2018. Nothing here runs a network or knows Spark.
 */
package backsweep.pruning;
