import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** What an LMS backend asks of the service, with Java's HttpClient, which offers HTTP/2 by itself. */
public class JavaHttpClient {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final String[] RUSSIAN = {"лицо.jpg", "голос.wav", "текст.txt"};
    private static String url;

    public static void main(String[] arguments) throws Exception {
        url = arguments[0];
        String place = arguments[1];
        int first = Integer.parseInt(arguments[2]);
        String[] names = {"face.jpg", "voice.wav", "lecture.txt"};
        String[] other = {"face.jpg", "voice.wav", "other.txt"};
        String[] nobody = {"face.jpg", "nobody.wav", "lecture.txt"};
        String plain = lecture("" + first, place, names);
        String raw = lecture("\"" + (first + 1) + "\"", place + "/Лекция №7", RUSSIAN);
        byte[] escaped = escaped(lecture("" + (first + 2), place + "/Лекция №7", RUSSIAN)).getBytes("ASCII");

        get("ping", "/ping");
        post("start", "/generate", json(plain));
        post("again", "/generate/", json(plain));
        post("former", "/generation/", json(raw), "Accept-Language", "ru");
        post("chunked", "/generation", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(escaped)));
        get("status", "/generate/status?id=" + first);
        post("conflict", "/generate", json(lecture("" + first, place, other)));
        post("incomplete", "/generate", json("{\"id\": " + (first + 3) + "}"), "Accept-Language", "ru");
        post("no_such_file", "/generate", json(lecture("" + (first + 3), place, nobody)));
        post("empty", "/generate", BodyPublishers.noBody());
        get("stop_one", "/generate/cancel?id=" + first);
        get("stop_one_again", "/generation/cancel/?id=" + first);
        get("stop_all", "/generate/cancel");
        send("nothing_to_stop", request("/generate/cancel").POST(BodyPublishers.noBody()));
        send("expected", request("/generate").expectContinue(true)
            .headers("Content-Type", "application/json", "Cookie", arguments[3])
            .POST(json(lecture("" + (first + 3), place, names))));
        post("stop_in_body", "/generate/cancel", json("{\"id\": " + (first + 3) + "}"));
        get("stop_all_again", "/generation/cancel/", "Accept-Language", "ru-RU,ru;q=0.9,en;q=0.5");
        get("wrong_method", "/generate");
        get("no_such_route", "/generated");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }

    private static void get(String name, String path, String... headers) throws Exception {
        HttpRequest.Builder asked = request(path).GET();
        send(name, headers.length == 0 ? asked : asked.headers(headers));
    }

    private static void post(String name, String path, BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder asked = request(path).header("Content-Type", "application/json").POST(body);
        send(name, headers.length == 0 ? asked : asked.headers(headers));
    }

    private static void send(String name, HttpRequest.Builder asked) throws Exception {
        var answer = CLIENT.send(asked.build(), BodyHandlers.ofString());
        OUT.printf("{\"call\": \"%s\", \"status\": %d, \"envelope\": %s}%n",
            name, answer.statusCode(), answer.body().strip());
    }

    private static BodyPublisher json(String text) {
        return BodyPublishers.ofString(text);
    }

    private static String lecture(String id, String folder, String[] names) {
        return String.format("{\"id\": %s, \"face_path\": \"%2$s/%3$s\", \"voice_path\": \"%2$s/%4$s\", "
            + "\"lecture_text_path\": \"%2$s/%5$s\", \"generated_dir_path\": \"%2$s/out\"}",
            id, folder, names[0], names[1], names[2]);
    }

    private static String escaped(String text) {
        return text.chars()
            .mapToObj(c -> c < 128 ? "" + (char) c : String.format("\\u%04x", c))
            .collect(Collectors.joining());
    }
}
