package backsweep.stages;

import backsweep.training.FineTuning;

/**
 * How repaired networks are fine-tuned.
 *
 * @param source the clean images they learn from
 * @param how they learn
 */
public record FineTunePlan(ImageSource source, FineTuning how) {}
