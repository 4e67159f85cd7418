using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Dilosi.Declarations;

/// <summary>
/// The code on a document: 16 characters of Crockford's base 32 (no I, L, O, U), shown in groups of four. Its 80 random bits
/// cannot be guessed, and what people commonly mistype (O for 0, I and L for 1, lower case) is understood.
/// </summary>
public readonly record struct VerificationCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;

    private VerificationCode(string value) => Value = value;

    /// <summary>The 16 characters without separators.</summary>
    public string Value { get; }

    /// <summary>A new code of cryptographic randomness.</summary>
    public static VerificationCode New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads a code as people type it.</summary>
    /// <param name="text">The text; separators and spaces do not matter.</param>
    /// <param name="code">The code.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out VerificationCode code)
    {
        code = default;
        Span<char> characters = stackalloc char[Length];
        var count = 0;
        foreach (var typed in text ?? "")
        {
            if (typed is '-' or ' ')
            {
                continue;
            }

            var character = Meant(typed);
            if (count == Length || !Alphabet.Contains(character))
            {
                return false;
            }

            characters[count++] = character;
        }

        if (count != Length)
        {
            return false;
        }

        code = new VerificationCode(new string(characters));
        return true;
    }

    /// <summary>The code in groups of four: <c>7KQ2-M9XD-...</c>.</summary>
    public override string ToString() => $"{Value[..4]}-{Value[4..8]}-{Value[8..12]}-{Value[12..]}";

    private static char Meant(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
