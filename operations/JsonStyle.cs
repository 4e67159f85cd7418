using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppStack.Operations;

/// <summary>How JSON is written for programs that people read along with: indented, quotes and umlauts as they are.</summary>
internal static class JsonStyle
{
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
