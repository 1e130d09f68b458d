package org.elasticsearch.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.Build;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.PluginDescriptor;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;
import org.elasticsearch.plugins.PluginsServiceOnTheClassPath;

/**
 * A node whose plug-ins stand on the class path, beside the server, instead of in folders of a distribution.
 * It stands in the server's own package: what a node is made of can be exchanged only from there.
 */
public final class NodeOnTheClassPath extends Node {

    public NodeOnTheClassPath(Environment environment, List<Plugin> plugins) {
        super(NodeConstruction.prepareConstruction(environment, noFolders(), new NodeServiceProvider() {
            @Override
            PluginsService newPluginService(Environment initial, PluginsLoader loader) {
                return new PluginsServiceOnTheClassPath(
                    initial.settings(), initial.configDir(), loader, plugins, NodeOnTheClassPath::descriptor);
            }
        }, true));
    }

    private static PluginsLoader noFolders() {
        return PluginsLoader.createPluginsLoader(Set.of(), Set.of(), Map.of(), false);
    }

    private static PluginDescriptor descriptor(Plugin plugin) {
        String version = Build.current().version();
        String lines = String.join("\n",
            "name=" + plugin.getClass().getSimpleName(),
            "description=on the class path",
            "version=" + version,
            "elasticsearch.version=" + version,
            "java.version=17",
            "classname=" + plugin.getClass().getName());
        try {
            return PluginDescriptor.readInternalDescriptorFromStream(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
