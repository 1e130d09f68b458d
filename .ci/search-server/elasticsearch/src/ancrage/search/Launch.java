package ancrage.search;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.NodeOnTheClassPath;
import org.elasticsearch.transport.netty4.Netty4Plugin;

/** Elasticsearch in one process, on loopback, without security: HOME (holds config/), HTTP port, transport port. */
public final class Launch {

    private static final String NAME = "ancrage";

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Settings settings = Settings.builder()
            .put("path.home", home)
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[1])
            .put("transport.port", arguments[2])
            // A full disk of a developer's machine is not the tests' concern.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            // With the serial collector what is let go stays until the heap is full: counting it as used, the server would
            // refuse all that is asked and never come to clear up.
            .put("indices.breaker.total.use_real_memory", false)
            .build();
        Environment environment = new Environment(settings, home.resolve("config"));
        LogConfigurator.registerErrorListener();
        LogConfigurator.setClusterName(NAME);
        LogConfigurator.setNodeName(NAME);
        LogConfigurator.configure(environment, true);
        NodeOnTheClassPath node = new NodeOnTheClassPath(
            environment, List.of(new Netty4Plugin(), new LanguageAnalysis()));
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
                node.awaitClose(20, TimeUnit.SECONDS);
            } catch (Exception error) {
                error.printStackTrace();
            }
            end.countDown();
        }));
        node.start();
        end.await();
    }
}
