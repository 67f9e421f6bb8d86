import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads classes as Lambda's runtime does: from the jars that lie directly in /opt/java/lib, in the order of their names,
 * after the platform's own. Tells from which jar each class came.
 */
public class LoadLayer {
    public static void main(String[] names) throws Exception {
        File[] files = new File("/opt/java/lib").listFiles((folder, name) -> name.length() > 4 && name.endsWith(".jar"));
        List<URL> jars = new ArrayList<>();
        for (File file : Stream.of(files == null ? new File[0] : files).sorted().toList()) {
            jars.add(file.toURI().toURL());
        }
        ClassLoader loader = new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        for (String name : names) {
            Class<?> loaded = Class.forName(name, true, loader);
            System.out.println(name + " " + loaded.getProtectionDomain().getCodeSource().getLocation().getPath());
        }
        System.out.println("version " + Runtime.version().feature());
    }
}
