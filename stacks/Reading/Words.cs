using System.Collections.Immutable;
using System.Text;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>Enumerations as they are written in descriptors: <c>LoadBalancer</c> is <c>load-balancer</c>.</summary>
public static class Words
{
    /// <summary>The word of one value.</summary>
    public static string Of(object value)
    {
        var name = value.ToString()!;
        var word = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    /// <summary>The words of all values of an enumeration, in the order of their declaration.</summary>
    public static ImmutableArray<string> All(Type enumeration) => [.. Enum.GetValues(enumeration).Cast<object>().Select(Of)];
}
