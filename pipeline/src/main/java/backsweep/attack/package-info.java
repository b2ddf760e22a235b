/**
 * A factory of BadNets, so that defences can be judged on attacks whose making is known: the shares
 * of training images that are poisoned, and the procedures by which attackers train.
 *
 * <p>Nothing here knows files or clusters. TensorFlow stays in its room.
 */
package backsweep.attack;
