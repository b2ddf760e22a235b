/**
 * Counts of answers and the measures made of them: clean accuracy, attack success rate, defence
 * effectiveness, with their intervals; and how well detectors tell poisoned images from clean ones.
 * Pure arithmetic: it knows no network, file or cluster.
 */
package backsweep.evaluation;
