package backsweep.report;

import freemarker.ext.beans.ZeroArgumentNonVoidMethodPolicy;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.ObjectWrapper;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The page's HTML, whose every value FreeMarker escapes, and which may run its own script only. */
final class Template {

  private static final String FILE = "report.ftlh";
  private static final Version VERSION = Configuration.VERSION_2_3_34;

  /** Controls, of which some turn the text around them: names may have them to look like others. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}&&[^\n]]|[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private final Configuration configuration;

  Template() {
    configuration = new Configuration(VERSION);
    configuration.setClassForTemplateLoading(Template.class, "");
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setObjectWrapper(records());
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
  }

  /**
   * Components of records are properties. FreeMarker knows records itself only as a jar of several
   * releases, which it no longer is in the one jar of all.
   */
  private static ObjectWrapper records() {
    DefaultObjectWrapperBuilder builder = new DefaultObjectWrapperBuilder(VERSION);
    builder.setDefaultZeroArgumentNonVoidMethodPolicy(
        ZeroArgumentNonVoidMethodPolicy.PROPERTY_ONLY_UNLESS_BEAN_PROPERTY_READ_METHOD);
    builder.setRecordZeroArgumentNonVoidMethodPolicy(
        ZeroArgumentNonVoidMethodPolicy.PROPERTY_ONLY_UNLESS_BEAN_PROPERTY_READ_METHOD);
    return builder.build();
  }

  /** The page. */
  String html(PageView page) {
    String script = resource("report.js");
    String style = resource("report.css");
    Map<String, Object> model =
        Map.of(
            "page",
            page,
            "script",
            script,
            "style",
            style,
            "scriptHash",
            sha256(script),
            "styleHash",
            sha256(style));
    StringWriter html = new StringWriter();
    try {
      configuration.getTemplate(FILE).process(model, html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException("cannot make the page", e);
    }
    return UNSEEN.matcher(html.toString()).replaceAll("\uFFFD");
  }

  private static String resource(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
