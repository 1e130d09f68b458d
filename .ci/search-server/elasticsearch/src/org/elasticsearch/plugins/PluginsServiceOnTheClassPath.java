package org.elasticsearch.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.elasticsearch.common.settings.Settings;

/** Plug-ins that were made already, in place of those found in folders. */
public final class PluginsServiceOnTheClassPath extends PluginsService {

    private final List<LoadedPlugin> loaded;

    public PluginsServiceOnTheClassPath(
            Settings settings, Path configuration, PluginsLoader loader,
            List<Plugin> plugins, Function<Plugin, PluginDescriptor> descriptor) {
        super(settings, configuration, loader);
        ClassLoader classes = getClass().getClassLoader();
        loaded = plugins.stream().map(each -> new LoadedPlugin(descriptor.apply(each), each, classes)).toList();
    }

    @Override
    protected List<LoadedPlugin> plugins() {
        // Asked by the parent while it is being made, too.
        return loaded == null ? List.of() : loaded;
    }
}
