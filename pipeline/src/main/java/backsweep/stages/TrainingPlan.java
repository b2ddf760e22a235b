package backsweep.stages;

import java.util.List;
import java.util.Optional;

/**
 * What a training is going to do: inputs were looked at, nothing was computed.
 *
 * @param training what is learned from
 * @param cleanTest what networks are tried on
 * @param made the networks that are there already
 * @param wanted those that are not
 */
public record TrainingPlan(
    LearnedFile training,
    Optional<LearnedFile> cleanTest,
    List<TrainedNetwork> made,
    List<TrainingRequest.Order> wanted) {}
