using System.Runtime.CompilerServices;
using System.Text;

namespace AppStack.Testing;

/// <summary>
/// Compares text with a golden file <c>Snapshots/&lt;Class&gt;.&lt;Method&gt;.verified.&lt;extension&gt;</c> beside the test's source.
/// A difference leaves a <c>.received.</c> file (ignored by git) and throws with the differing lines.
/// <c>APPSTACK_ACCEPT=1</c> takes what was received as the new truth.
/// </summary>
public static class Snapshot
{
    private const string AcceptVariable = "APPSTACK_ACCEPT";

    /// <summary>Compares <paramref name="actual"/> with the golden file of the calling test.</summary>
    /// <param name="actual">The text that the test produced. Line ends are normalised to LF.</param>
    /// <param name="extension">The golden file's extension, without the dot.</param>
    /// <param name="part">Distinguishes several golden files of one test; becomes part of the file name.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">The text differs, or there is no golden file yet.</exception>
    public static void Verify(
        string actual,
        string extension = "txt",
        string? part = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string member = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(sourceFile)!, "Snapshots");
        var name = $"{Path.GetFileNameWithoutExtension(sourceFile)}.{member}{(part is null ? "" : "." + part)}";
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var text = Normalise(actual);

        var expected = File.Exists(verified) ? Normalise(File.ReadAllText(verified)) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        throw new SnapshotMismatchException(
            expected is null
                ? $"There is no golden file {verified} yet. Read {received}; if it is right, run the test with {AcceptVariable}=1."
                : $"The text differs from {verified} (- expected, + received). If the new text is right, run the test with {AcceptVariable}=1.\n\n"
                    + Diff(expected, text));
    }

    /// <summary>A line diff with two lines of context, built on the longest common subsequence.</summary>
    private static string Diff(string expected, string actual)
    {
        const int Context = 2;
        var a = expected.Split('\n');
        var b = actual.Split('\n');
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char Sign, string Text)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add((' ', a[i]));
                i++;
                j++;
            }
            else if (j >= b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', a[i++]));
            }
            else
            {
                lines.Add(('+', b[j++]));
            }
        }

        var diff = new StringBuilder();
        var gap = false;
        for (var k = 0; k < lines.Count; k++)
        {
            var near = Enumerable.Range(k - Context, (2 * Context) + 1).Any(n => n >= 0 && n < lines.Count && lines[n].Sign != ' ');
            if (near)
            {
                diff.Append(lines[k].Sign).Append(' ').Append(lines[k].Text).Append('\n');
            }
            else if (!gap)
            {
                diff.Append("  ...\n");
            }

            gap = !near;
        }

        return diff.ToString();
    }

    private static string Normalise(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
