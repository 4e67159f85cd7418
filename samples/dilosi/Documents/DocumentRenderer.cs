using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Dilosi.Declarations;

namespace Dilosi.Documents;

/// <summary>Renders documents. What was rendered is kept, so that a later template changes no document that was issued.</summary>
public sealed partial class DocumentRenderer(DilosiOptions options)
{
    // Greek stays Greek; what means something in HTML is encoded nevertheless.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string Template = ReadTemplate();

    /// <summary>The document as a page that needs nothing else. Everything that a citizen wrote is encoded.</summary>
    public byte[] Render(IssuedDeclaration issued)
    {
        var declaration = issued.Declaration;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = declaration.Type.Title(),
            ["code"] = issued.Code.ToString(),
            ["recipient"] = declaration.Recipient,
            ["firstName"] = declaration.FirstName,
            ["lastName"] = declaration.LastName,
            ["taxNumber"] = declaration.TaxNumber,
            ["issuedAt"] = issued.IssuedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
            ["text"] = declaration.Text,
            ["verifyUrl"] = $"{options.PublicUrl}/api/verifications/{issued.Code}",
        };
        return Encoding.UTF8.GetBytes(Placeholder().Replace(Template, match => Encoder.Encode(values[match.Groups["name"].Value])));
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    private static string ReadTemplate()
    {
        using var stream = typeof(DocumentRenderer).Assembly.GetManifestResourceStream("document.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
