using System.Text;

namespace AppStack.Operations.Drills.Services;

/// <summary>Changes keys of a service's descriptor, as somebody with an editor would.</summary>
public static class DescriptorEdit
{
    /// <summary>The text with another value of a key; the key is added when it is not there.</summary>
    /// <param name="text">The descriptor.</param>
    /// <param name="key">A key of the descriptor itself, not of an object in it.</param>
    /// <param name="value">The value on one line, as YAML.</param>
    public static string With(string text, string key, string value)
    {
        var result = new StringBuilder();
        var inside = false;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            // What is indented, or a list, belongs to the key above.
            inside = line.StartsWith(key + ":", StringComparison.Ordinal) || (inside && (line.StartsWith(' ') || line.StartsWith('-')));
            if (!inside)
            {
                result.Append(line).Append('\n');
            }
        }

        return result.Append(key).Append(": ").Append(value).Append('\n').ToString();
    }
}
