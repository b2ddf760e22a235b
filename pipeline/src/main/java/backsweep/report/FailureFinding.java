package backsweep.report;

import java.time.Instant;

/**
 * Something that could not be done.
 *
 * @param network its name, as in every table
 * @param what the network as a whole, a criterion, or a repair
 * @param reason where, and why
 * @param when it failed
 */
public record FailureFinding(String network, String what, String reason, Instant when) {}
