package backsweep.stages;

import static org.assertj.core.api.Assertions.assertThat;

import backsweep.inference.Threads;
import backsweep.testing.LocalSpark;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorThreadsTest {

  private static final int PROCESSORS = 12;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "local,                      1",
        "local[3],                   3",
        "\"local[3,4]\",             3",
        "\"local[ 3 , 4 ]\",         3",
        "local[*],                  12",
        "\"local[*,4]\",            12",
        "\"local-cluster[2,3,1024]\", 3",
        "yarn,                       1",
        "k8s://https://host:6443,    1",
        "spark://host:7077,         12",
        "\"spark://one:7077,two:7077\", 12",
      })
  void anExecutorRunsAsManyTasksAsItsMasterGivesItCores(String master, int tasks) {
    assertThat(ExecutorThreads.of(conf(master), PROCESSORS)).isEqualTo(new Threads(tasks, 1));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "local[3],                    3",
        "\"local-cluster[2,8,1024]\", 4",
        "yarn,                        4",
        "k8s://https://host:6443,     4",
        "spark://host:7077,           4",
      })
  void aNumberOfCoresCountsOnEveryClusterButNotOnOneMachine(String master, int tasks) {
    SparkConf conf = conf(master).set("spark.executor.cores", "4");

    assertThat(ExecutorThreads.of(conf, PROCESSORS)).isEqualTo(new Threads(tasks, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "2, 6", "5, 2", "12, 1", "13, 1"})
  void coresAreDividedByThoseOfATask(int perTask, int tasks) {
    SparkConf conf = conf("spark://host:7077").set("spark.task.cpus", Integer.toString(perTask));

    assertThat(ExecutorThreads.of(conf, PROCESSORS)).isEqualTo(new Threads(tasks, perTask));
  }

  @Test
  void aTaskKnowsTheThreadsOfItsJvm() {
    List<Threads> found =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
            .parallelize(List.of(1), 1)
            .map(one -> ExecutorThreads.here())
            .collect();

    assertThat(found).containsExactly(new Threads(2, 1));
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }
}
