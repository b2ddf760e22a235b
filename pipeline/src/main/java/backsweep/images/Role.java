package backsweep.images;

import java.util.Locale;

/** What an image set is for. Statistics and stopping rules take clean validation images only. */
public enum Role {
  /** Clean images on which a defender chooses what to prune. */
  CLEAN_VALIDATION,
  /** Clean images on which the result is measured. */
  CLEAN_TEST,
  /** Clean images that repaired networks learn from, never those that steps are chosen on. */
  FINE_TUNING,
  /** Images with a trigger; their label is the attacker's target. */
  POISONED;

  /** The name in the result tables, such as {@code clean_validation}. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role with this name in the result tables.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role ofTableName(String tableName) {
    for (Role role : values()) {
      if (role.tableName().equals(tableName)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "expected one of clean_validation, clean_test, fine_tuning, poisoned; found " + tableName);
  }
}
