namespace AppStack.Components.Certificates;

/// <summary>Takes the parts out of a text that holds a private key and a certificate.</summary>
internal static class Pem
{
    public static string PrivateKey(string text) => Part(text, "PRIVATE KEY");

    public static string Certificate(string text) => Part(text, "CERTIFICATE");

    private static string Part(string text, string what)
    {
        var (first, last) = ($"-----BEGIN {what}-----", $"-----END {what}-----");
        var begin = text.IndexOf(first, StringComparison.Ordinal);
        var end = text.IndexOf(last, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? text[begin..(end + last.Length)] + "\n"
            : throw new FormatException($"openssl printed no {what}; is it installed on the machine that deploys?");
    }
}
