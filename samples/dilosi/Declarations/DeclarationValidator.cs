using Dilosi.Api;

namespace Dilosi.Declarations;

/// <summary>Turns what was sent into a declaration, or says everything that is wrong with it.</summary>
public static class DeclarationValidator
{
    /// <summary>The longest name and recipient, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest text, in characters: two printed pages.</summary>
    public const int MaxTextLength = 8000;

    /// <summary>Checks a request.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="problems">What is wrong, by the names of members.</param>
    /// <returns>The declaration, or <see langword="null"/> when there are problems.</returns>
    public static Declaration? Validate(DeclarationRequest request, out Dictionary<string, string[]> problems)
    {
        var found = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var firstName = Text("firstName", request.FirstName, MaxNameLength);
        var lastName = Text("lastName", request.LastName, MaxNameLength);
        var recipient = Text("recipient", request.Recipient, MaxNameLength);
        var text = Text("text", request.Text, MaxTextLength);
        var taxNumber = request.TaxNumber?.Trim() ?? "";
        if (!TaxNumber.IsValid(taxNumber))
        {
            found["taxNumber"] = ["must be a tax number: nine digits with a correct check digit"];
        }

        if (request.Type is null)
        {
            found["type"] = [$"must be one of {string.Join(", ", Enum.GetValues<DeclarationType>().Select(type => type.Word()))}"];
        }

        problems = found;
        return found.Count == 0 ? new Declaration(request.Type!.Value, firstName, lastName, taxNumber, recipient, text) : null;

        string Text(string name, string? value, int limit)
        {
            var trimmed = value?.Trim() ?? "";
            if (trimmed.Length == 0 || trimmed.Length > limit)
            {
                found[name] = [trimmed.Length == 0 ? "must be given" : $"must have at most {limit} characters; it has {trimmed.Length}"];
            }
            else if (trimmed.Any(character => char.IsControl(character) && character is not '\n' and not '\r' and not '\t'))
            {
                found[name] = ["must not have control characters"];
            }

            return trimmed;
        }
    }
}
