package ancrage.search;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One OpenSearch node on loopback: FOLDER (holds config/), HTTP port, transport port. The runner's own command line
 * knows no transport port, no HTTP port above 9299, and ends without a word where it cannot start.
 */
public final class Launch {

    public static void main(String[] arguments) throws Exception {
        String folder = arguments[0];
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1);
        runner.onBuild((number, settings) -> {
            settings.put("http.port", arguments[1]);
            settings.put("transport.port", arguments[2]);
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "single-node");
            // A full disk of a developer's machine is not the tests' concern.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            // With the serial collector what is let go stays until the heap is full: counting it as used, the server would
            // refuse all that is asked and never come to clear up.
            settings.put("indices.breaker.total.use_real_memory", false);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        runner.build("-basePath", folder, "-confPath", folder + "/config", "-numOfNode", "1",
            "-clusterName", "ancrage");
        Thread.currentThread().join();
    }
}
