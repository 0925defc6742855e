import de.unihd.dbs.heideltime.standalone.*;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.*;

/** HeidelTime as a process that reads one text a line, "YYYY-MM-DD base64", and answers in TimeML, base64. */
public class HeidelTimes {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // it reports its progress there
        HeidelTimeStandalone reader = new HeidelTimeStandalone(
            Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split(" ", 2);
            String text = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            String read = reader.process(text, new SimpleDateFormat("yyyy-MM-dd").parse(parts[0]));
            out.println(Base64.getEncoder().encodeToString(read.getBytes(StandardCharsets.UTF_8)));
            out.flush();
        }
    }
}
