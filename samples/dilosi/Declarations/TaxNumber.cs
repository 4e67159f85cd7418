namespace Dilosi.Declarations;

/// <summary>The Greek tax number (AFM).</summary>
public static class TaxNumber
{
    /// <summary>
    /// Whether the text is a tax number: nine digits, not all zero, of which the last one is the sum of the others, each times two
    /// to the power of its distance, modulo 11 and then 10.
    /// </summary>
    public static bool IsValid(string text)
    {
        if (text.Length != 9 || !text.All(char.IsAsciiDigit) || text == "000000000")
        {
            return false;
        }

        var sum = 0;
        for (var position = 0; position < 8; position++)
        {
            sum += (text[position] - '0') << (8 - position);
        }

        return sum % 11 % 10 == text[8] - '0';
    }
}
