package backsweep.jobs;

import backsweep.evaluation.DefenceEffectiveness;
import backsweep.evaluation.DefenceEffectiveness.Measured;
import backsweep.evaluation.Share;
import backsweep.images.Role;
import backsweep.jobs.MadeUpCurve.Set;
import backsweep.report.Background;
import backsweep.report.CriterionFindings;
import backsweep.report.FailureFinding;
import backsweep.report.Findings;
import backsweep.report.Measures;
import backsweep.report.NetworkFindings;
import backsweep.report.RepairFindings;
import backsweep.store.Tables.ChannelStatisticsRow;
import backsweep.store.Tables.DetectorRow;
import backsweep.store.Tables.EvaluationRow;
import backsweep.store.Tables.NetworkRow;
import backsweep.store.Tables.RepairedNetworkRow;
import backsweep.store.Tables.UnitRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Findings about networks that do not exist, as many as one wants: those of odd number are repaired
 * with success, every fifth has no poisoned set, some have failed in part, and the attack falls at
 * another step in each.
 */
final class MadeUpFindings {

  /** The name of the first network: whoever takes it for a tag has opened a dialog. */
  static final String SCRIPT = "<script>alert(1)</script>-0badf00d";

  /** The name of a network of which nothing is known but that it failed. */
  static final String BROKEN = "broken-00000000";

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Set VALIDATION = new Set("clean-validation", Role.CLEAN_VALIDATION);
  private static final Set TEST = new Set("clean-test", Role.CLEAN_TEST);
  private static final int FALL = 48;
  private static final double[] DROPS = {2, 4, 10};
  private static final List<String> RANDOM = List.of("random-1", "random-2", "random-3");

  /** What somebody may call something who wants to run a script, to hide or to look like others. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "long".repeat(100),
          "\u202Egpj.exe",
          "\u05E9\u05DC\u05D5\u05DD",
          "../../etc/passwd",
          "${7*7}<#assign x=1>&lt;&amp;");

  private MadeUpFindings() {}

  /**
   * What things of a network are called.
   *
   * @param layer which is pruned
   * @param criteria by which it is, but for random ones
   * @param poisoned the name of the poisoned set
   */
  private record Names(String layer, List<String> criteria, String poisoned) {

    private static final Names USUAL =
        new Names("conv_3", List.of("mean-activation", "kernel-l1"), "sunglasses");

    private Set set() {
      return new Set(poisoned, Role.POISONED);
    }
  }

  /** Findings about so many networks, and one failure more. */
  static Findings of(int networks) {
    return of(networks, number -> Names.USUAL);
  }

  /** The same, but that layers, criteria and image sets have hostile names. */
  static Findings hostile() {
    int names = HOSTILE.size();
    return of(
        names,
        number ->
            new Names(
                HOSTILE.get(number),
                List.of(HOSTILE.get((number + 1) % names), HOSTILE.get((number + 2) % names)),
                HOSTILE.get((number + 3) % names)));
  }

  /** What {@link #hostile} calls things. */
  static List<String> hostileNames() {
    return HOSTILE;
  }

  private static Findings of(int networks, IntFunction<Names> names) {
    return new Findings(
        IntStream.range(0, networks)
            .mapToObj(number -> network(number, names.apply(number)))
            .toList(),
        Stream.concat(
                Stream.of(failure(BROKEN)),
                IntStream.range(0, networks).boxed().flatMap(MadeUpFindings::failures))
            .toList(),
        List.of(unit()));
  }

  /** So many that they are in another order as texts. */
  private static Stream<FailureFinding> failures(int number) {
    int count = number % 20 == 3 ? 2 : number % 50 == 9 ? 11 : 0;
    return Stream.generate(() -> failure(name(number))).limit(count);
  }

  private static FailureFinding failure(String network) {
    return new FailureFinding(
        network, "the network", "expected a Keras file, found <b>text</b>", NOON);
  }

  /** What the network of a number is called. */
  static String name(int number) {
    return number == 0 ? SCRIPT : "badnet-%d-%08x".formatted(number, 0x01234567 * (number + 1));
  }

  private static UnitRow unit() {
    return new UnitRow(
        "unit",
        "attempt",
        name(0),
        "statistics",
        "done",
        null,
        "{}",
        "{}",
        NOON,
        NOON.plusSeconds(71));
  }

  private static boolean isPoisoned(int number) {
    return number % 5 != 4;
  }

  private static NetworkFindings network(int number, Names names) {
    String name = name(number);
    return new NetworkFindings(
        new NetworkRow(
            "unit",
            "attempt",
            name,
            name + ".h5",
            "sha256",
            null,
            255,
            55,
            47,
            3,
            1283,
            names.layer(),
            MadeUpCurve.CHANNELS,
            "pool_3"),
        IntStream.range(0, MadeUpCurve.CHANNELS).mapToObj(i -> channel(name, i)).toList(),
        Stream.concat(names.criteria().stream(), RANDOM.stream())
            .map(criterion -> criterion(number, names, criterion))
            .toList(),
        List.of(),
        isPoisoned(number)
            ? List.of(
                new MadeUpActivations(name, VALIDATION, 1).activations(),
                new MadeUpActivations(name, names.set(), 6).activations())
            : List.of(),
        Background.NONE);
  }

  private static ChannelStatisticsRow channel(String network, int channel) {
    double mean = channel % 2 == 0 ? 0 : 0.1 * channel;
    return new ChannelStatisticsRow(
        "unit",
        "attempt",
        network,
        "pool_3",
        channel,
        mean,
        7 * mean,
        mean > 0 ? 0.9 : 0,
        mean > 0 ? 0.3 : 1,
        1283);
  }

  private static CriterionFindings criterion(int number, Names names, String criterion) {
    int random = RANDOM.indexOf(criterion);
    double fall =
        random >= 0 ? 21 + 3 * random : FALL + Math.max(0, names.criteria().indexOf(criterion));
    double attack = number % 2 == 1 ? fall - 1 - number % 20 : fall + 1 + number % 5;
    MadeUpCurve clean = new MadeUpCurve(name(number), criterion, TEST, fall);
    MadeUpCurve poisoned = new MadeUpCurve(name(number), criterion, names.set(), attack);
    return new CriterionFindings(
        criterion,
        Stream.concat(
                Stream.of(
                    new MadeUpCurve(name(number), criterion, VALIDATION, fall).curve(),
                    clean.curve()),
                isPoisoned(number) ? Stream.of(poisoned.curve()) : Stream.of())
            .toList(),
        repairs(clean, isPoisoned(number) ? poisoned : null),
        isPoisoned(number) ? List.of(detector(clean, poisoned)) : List.of());
  }

  private static List<RepairFindings> repairs(MadeUpCurve clean, MadeUpCurve poisoned) {
    List<RepairFindings> repairs = new ArrayList<>();
    for (double drop : DROPS) {
      int step = firstBelow(clean, drop);
      repairs.add(
          new RepairFindings(
              repaired(clean, drop, step),
              List.of(
                  new Measures(
                      measured("original", clean, poisoned, drop, 0),
                      measured("repaired", clean, poisoned, drop, step),
                      measured("goodnet", clean, poisoned, drop, step)))));
    }
    return repairs;
  }

  private static int firstBelow(MadeUpCurve curve, double drop) {
    int step = 0;
    while (curve.hits(0).percent() - curve.hits(step).percent() < drop) {
      step++;
    }
    return step;
  }

  private static RepairedNetworkRow repaired(MadeUpCurve curve, double drop, int step) {
    return new RepairedNetworkRow(
        "unit",
        "attempt",
        curve.network(),
        curve.criterion(),
        "first-below",
        drop,
        step,
        false,
        "repaired/x.h5",
        "sha256",
        "goodnet/x",
        "sha256",
        null,
        512L,
        "first:sha256");
  }

  /**
   * Of B, B' or G.
   *
   * @param subject which of them
   * @param poisoned null where there is no poisoned set
   */
  private static EvaluationRow measured(
      String subject, MadeUpCurve clean, MadeUpCurve poisoned, double drop, int step) {
    Share accuracy = clean.hits(step);
    Optional<Share> attack = Optional.ofNullable(poisoned).map(curve -> curve.hits(step));
    boolean isDetector = subject.equals("goodnet");
    return new EvaluationRow(
        "unit",
        "attempt",
        clean.network(),
        clean.criterion(),
        "first-below",
        drop,
        step,
        false,
        subject,
        poisoned == null ? null : poisoned.set().name(),
        accuracy.fraction(),
        accuracy.lowerBound(),
        accuracy.upperBound(),
        attack.map(Share::fraction).orElse(null),
        attack.map(Share::lowerBound).orElse(null),
        attack.map(Share::upperBound).orElse(null),
        null,
        subject.equals("repaired") && poisoned != null ? rating(clean, poisoned, step) : null,
        isDetector && poisoned != null ? poisoned.flagged(step).fraction() : null,
        isDetector ? clean.flagged(step).fraction() : null,
        null,
        null,
        null);
  }

  private static double rating(MadeUpCurve clean, MadeUpCurve poisoned, int step) {
    return DefenceEffectiveness.of(
            new Measured(clean.hits(0), poisoned.hits(0)),
            new Measured(clean.hits(step), poisoned.hits(step)))
        .rating();
  }

  private static DetectorRow detector(MadeUpCurve clean, MadeUpCurve poisoned) {
    int step = firstBelow(clean, 2);
    return new DetectorRow(
        "unit",
        "attempt",
        clean.network(),
        clean.criterion(),
        poisoned.set().name(),
        0.75,
        0.05,
        step,
        0.05,
        clean.flagged(step).fraction(),
        poisoned.flagged(step).fraction(),
        "first-disagreement",
        null);
  }
}
