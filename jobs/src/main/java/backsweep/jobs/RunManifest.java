package backsweep.jobs;

import backsweep.stages.Defence;
import backsweep.stages.Defences;
import backsweep.stages.FailedCriterion;
import backsweep.stages.Failure;
import backsweep.stages.ImageSource;
import backsweep.stages.Repair;
import backsweep.stages.Run;
import backsweep.stages.Slip;
import backsweep.store.SharedFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * The manifest of one run, {@code runs/<id>/manifest.json}: everything needed to trace and repeat
 * it.
 *
 * @param run whose id is that of its batch in every table
 */
record RunManifest(Run run) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes the manifest of a run that is over. */
  void write(SharedFiles files, Defences defences, String configuration) {
    Defence defence = defences.done().get(0);
    ObjectNode manifest = begin(configuration);
    manifest.set("network", network(defence));
    manifest.set("image_sets", imageSets(defence));
    putHints(manifest, defences.allHints());
    ArrayNode criteria = manifest.putArray("criteria");
    defences.done().forEach(one -> criteria.add(criterion(one)));
    defences.failed().forEach(one -> criteria.add(criterion(one)));
    write(files, defence.output(), manifest);
  }

  /** Writes the manifest of a sweep that is over: every network with what became of it. */
  void write(SharedFiles files, String output, List<SweptNetwork> networks, String configuration) {
    ObjectNode manifest = begin(configuration);
    ArrayNode list = manifest.putArray("networks");
    networks.forEach(network -> list.add(network(network)));
    write(files, output, manifest);
  }

  private ObjectNode begin(String configuration) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("run", run.id());
    manifest.put("started", run.started().toString());
    manifest.put("finished", Instant.now().toString());
    manifest.set("versions", JSON.valueToTree(run.versions()));
    manifest.set("configuration", parse(configuration));
    return manifest;
  }

  private void write(SharedFiles files, String output, ObjectNode manifest) {
    files.write(output + "/runs/" + run.id() + "/manifest.json", manifest.toPrettyString() + "\n");
  }

  private static ObjectNode network(SweptNetwork swept) {
    ObjectNode network = JSON.createObjectNode();
    network.put("file", swept.file());
    swept
        .measured()
        .ifPresent(found -> network.put("network", found.name()).put("sha256", found.sha256()));
    network.put("status", swept.status());
    putHints(network, swept.hints());
    if (!swept.isDone()) {
      ArrayNode failures = network.putArray("failures");
      swept.failures().forEach(why -> failures.add(failure(why)));
    }
    return network;
  }

  /** A configuration's JSON as part of a manifest. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration is no JSON: " + json, e);
    }
  }

  private static void putHints(ObjectNode node, List<Slip> hints) {
    if (hints.isEmpty()) {
      return;
    }
    ArrayNode list = node.putArray("hints");
    for (Slip hint : hints) {
      list.addObject()
          .put("image_set", hint.imageSet())
          .put("found", hint.found())
          .put("advice", hint.advice());
    }
  }

  private static ObjectNode network(Defence defence) {
    ObjectNode network = JSON.createObjectNode();
    network.put("network", defence.plan().subject().name());
    network.put("sha256", defence.plan().subject().sha256());
    network.put("layer", defence.plan().point().convolution());
    network.put("statistics_layer", defence.plan().point().statisticsLayer());
    return network;
  }

  private static ObjectNode criterion(FailedCriterion failed) {
    return failure(failed.failure()).put("criterion", failed.criterion()).put("status", "failed");
  }

  private static ObjectNode failure(Failure failure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("stage", failure.stage());
    node.put("reason", failure.reason());
    failure.earlier().ifPresent(time -> node.put("failed", time.toString()));
    return node;
  }

  private static ObjectNode criterion(Defence defence) {
    ObjectNode criterion = JSON.createObjectNode();
    criterion.put("criterion", defence.plan().criterion().label());
    criterion.set("order", JSON.valueToTree(defence.order().pruned()));
    criterion.set("repairs", repairs(defence));
    return criterion;
  }

  private static ArrayNode imageSets(Defence defence) {
    ArrayNode sets = JSON.createArrayNode();
    for (ImageSource source : defence.plan().sources()) {
      ObjectNode set = sets.addObject();
      set.put("image_set", source.set().name());
      set.put("role", source.set().role().tableName());
      set.put("file", source.path());
      set.put("sha256", source.set().sha256());
      set.put("images", source.set().images());
    }
    return sets;
  }

  private static ArrayNode repairs(Defence defence) {
    ArrayNode repairs = JSON.createArrayNode();
    for (Repair repair : defence.repairs()) {
      ObjectNode node = repairs.addObject();
      node.put("rule", repair.rule().name());
      node.put("drop_percent", repair.rule().shortestDrop());
      repair.step().ifPresent(step -> node.put("step", step));
      repair.file().ifPresent(file -> node.put("file", file.path()).put("sha256", file.sha256()));
      repair.goodNet().ifPresent(folder -> node.put("goodnet", folder.path()));
    }
    return repairs;
  }
}
