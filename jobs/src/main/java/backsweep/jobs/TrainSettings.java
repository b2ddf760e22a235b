package backsweep.jobs;

import backsweep.images.ImageLayout;
import backsweep.stages.TrainingRequest;
import backsweep.stages.TrainingRequest.Order;
import backsweep.store.SharedFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code train} was asked for, read from the configuration in one go.
 *
 * @param request the networks, the images they learn from, and where they go
 * @param progress how it is shown how far the run is
 */
record TrainSettings(TrainingRequest request, ProgressDisplay.Settings progress) {

  /**
   * Reads the settings.
   *
   * @param files that pictures of triggers are among
   * @throws UsageException with every problem there is
   */
  static TrainSettings read(Configuration configuration, SharedFiles files) {
    List<Configuration> entries = configuration.entries("networks", RecipeSettings.KEYS, "name");
    List<RecipeSettings> recipes =
        (entries.isEmpty() ? List.of(configuration) : entries)
            .stream().map(RecipeSettings::read).toList();
    checkNames(configuration, recipes);
    if (!entries.isEmpty() && configuration.optional("name").isPresent()) {
      configuration.problem("name", "expected none beside networks, which have names of their own");
    }
    String training = configuration.required("training");
    Optional<String> cleanTest = configuration.optional("clean-test");
    ImageLayout layout = LayoutSetting.orLabs(configuration);
    String output = configuration.required("output");
    ProgressDisplay.Settings progress = ProgressDisplay.Settings.read(configuration);
    configuration.check();
    List<Order> orders = recipes.stream().map(recipe -> recipe.order(files)).toList();
    return new TrainSettings(
        new TrainingRequest(training, cleanTest, layout, output, orders), progress);
  }

  private static void checkNames(Configuration configuration, List<RecipeSettings> recipes) {
    Set<String> names = new HashSet<>();
    for (RecipeSettings recipe : recipes) {
      if (!names.add(recipe.name())) {
        configuration.problem(
            "networks",
            "expected a name of its own for each, found \"%s\" twice".formatted(recipe.name()));
      }
    }
  }
}
