using System.Globalization;
using System.Text;

namespace AppStack.Cli.Import;

/// <summary>Texts, numbers and names as C# has them.</summary>
internal static class CSharpText
{
    private static readonly HashSet<string> Keywords = new(
        [
            "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
            "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
            "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
            "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
            "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while", "config",
        ],
        StringComparer.Ordinal);

    /// <summary>A string literal on one line.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => literal.Append("\\\""),
                '\\' => literal.Append("\\\\"),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                '\0' => literal.Append("\\0"),
                _ when char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' =>
                    literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A number literal; one without a fraction is an integer where it fits.</summary>
    public static string Literal(double number) =>
        double.IsInteger(number) && Math.Abs(number) <= int.MaxValue
            ? ((int)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture) + "d";

    /// <summary>The name of a variable for a resource: letters and digits, beginning with a small letter.</summary>
    public static string Variable(string name)
    {
        var variable = new StringBuilder();
        var capital = false;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                capital = variable.Length > 0;
                continue;
            }

            variable.Append(variable.Length == 0 ? char.ToLowerInvariant(character) : capital ? char.ToUpperInvariant(character) : character);
            capital = false;
        }

        var text = variable.Length == 0 || char.IsAsciiDigit(variable[0]) ? "resource" + variable : variable.ToString();
        return Keywords.Contains(text) ? text + "Resource" : text;
    }

    /// <summary>The full name of a type, as a program that has <c>using Pulumi;</c> can write it anywhere.</summary>
    public static string TypeName(Type type) => type.FullName!.Replace('+', '.');
}
