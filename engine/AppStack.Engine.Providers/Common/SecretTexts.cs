using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>
/// The texts among the inputs of an operation that are secret. The engine masks secrets too, but only whole ones: what a provider cuts
/// or splits it has to mask before.
/// </summary>
internal sealed class SecretTexts
{
    private const string Mask = "[secret]";

    // Shorter ones occur by chance, and masking them would make every message unreadable.
    private const int ShortestSecret = 4;
    private const int ShortestLine = 16;

    // A key or a password file is split into lines when it is printed; a whole configuration that is secret as a whole is not searched
    // line by line, because most of its lines say nothing.
    private const int LongestSplit = 8 * 1024;

    private readonly List<string> _whole = [];
    private readonly List<string> _lines = [];

    private SecretTexts()
    {
    }

    /// <summary>Collects the secret texts in values, except below the named members.</summary>
    public static SecretTexts In(PropertyMap inputs, params ReadOnlySpan<string> except)
    {
        var texts = new SecretTexts();
        foreach (var (name, value) in inputs)
        {
            if (!except.Contains(name))
            {
                texts.Collect(value, isSecret: false);
            }
        }

        texts._whole.Sort(static (left, right) => right.Length.CompareTo(left.Length));
        return texts;
    }

    /// <summary>Adds one more secret.</summary>
    public SecretTexts With(string? secret)
    {
        if (secret is not null)
        {
            Add(secret);
        }

        return this;
    }

    /// <summary>Whether a whole secret occurs in a text.</summary>
    public bool OccurIn(string text) => _whole.Exists(secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary>The text without the secrets.</summary>
    public string MaskIn(string text)
    {
        foreach (var secret in _whole)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        foreach (var line in _lines)
        {
            text = text.Replace(line, Mask, StringComparison.Ordinal);
        }

        return text;
    }

    private void Collect(PropertyValue value, bool isSecret)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                Collect(secret.Element, isSecret: true);
                break;
            case PropertyValue.Text text when isSecret:
                Add(text.Value);
                break;
            case PropertyValue.List list:
                foreach (var item in list.Items)
                {
                    Collect(item, isSecret);
                }

                break;
            case PropertyValue.Map map:
                foreach (var member in map.Members.Values)
                {
                    Collect(member, isSecret);
                }

                break;
        }
    }

    private void Add(string secret)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length < ShortestSecret)
        {
            return;
        }

        _whole.Add(trimmed);
        if (trimmed.Length <= LongestSplit && trimmed.Contains('\n'))
        {
            _lines.AddRange(trimmed.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestLine));
        }
    }
}
