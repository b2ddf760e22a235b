package backsweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.store.Unit.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnitTest {

  private static final Map<String, String> REPAIR =
      Map.of("rule", "first-below", "drop_percent", "2.5");

  @Test
  void identityIsThatOfResultsOnDisk() {
    // sha256 of "length:text" for kind, semantics version, and names and values sorted by name
    assertThat(new Unit(Kind.REPAIR, REPAIR).id())
        .isEqualTo("a12d096ec5355ced42f28f48cde45bcffff505e36722244e3d5bb6f1a35e6489");
    assertThat(new Unit(Kind.CURVE, Map.of("b", "2", "a", "\u00e4")).id())
        .isEqualTo("c43fe3327e273adf6b99bf02822ddea6f88d9355178d72a39e5ebdb09c0e9caa");
    assertThat(new Unit(Kind.STATISTICS, Map.of()).id())
        .isEqualTo("b663d82186b165a142b4241ae368585714ba32f028d887385a2c8518aa32ea44");
  }

  @Test
  void orderOfIngredientsDoesNotMatter() {
    Map<String, String> one = new LinkedHashMap<>();
    one.put("a", "1");
    one.put("b", "2");
    Map<String, String> other = new LinkedHashMap<>();
    other.put("b", "2");
    other.put("a", "1");

    assertThat(new Unit(Kind.CURVE, one).id()).isEqualTo(new Unit(Kind.CURVE, other).id());
  }

  @Test
  void everyIngredientAndTheKindChangeIt() {
    Stream<Unit> units =
        Stream.concat(
            Stream.of(Kind.values()).map(kind -> new Unit(kind, REPAIR)),
            Stream.of(
                changed("rule", "last-within"),
                changed("drop_percent", "2"),
                changed("drop_percent", ""),
                changed("fine_tuning", ""),
                new Unit(Kind.REPAIR, Map.of("rule", "first-below"))));

    assertThat(units.map(Unit::id).toList())
        .doesNotHaveDuplicates()
        .hasSize(Kind.values().length + 5);
  }

  @Test
  void nothingCollidesByRunningTogether() {
    List<Map<String, String>> alike =
        List.of(
            Map.of("ab", "c"),
            Map.of("a", "bc"),
            Map.of("abc", ""),
            Map.of("a", "b", "c", ""),
            Map.of("a", "", "b", "c"),
            Map.of("a1:b", "c"),
            Map.of("a", "1:b1:c"));

    assertThat(alike.stream().map(map -> new Unit(Kind.CURVE, map).id()).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void ingredientsAreACopy() {
    Map<String, String> ingredients = new HashMap<>(REPAIR);
    Unit unit = new Unit(Kind.REPAIR, ingredients);
    String id = unit.id();
    ingredients.put("rule", "other");

    assertThat(unit.id()).isEqualTo(id);
    assertThatThrownBy(() -> unit.ingredients().put("rule", "other"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(unit.kind().tableName()).isEqualTo("repair");
  }

  private static Unit changed(String name, String value) {
    Map<String, String> ingredients = new HashMap<>(REPAIR);
    ingredients.put(name, value);
    return new Unit(Kind.REPAIR, ingredients);
  }
}
