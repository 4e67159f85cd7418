using System.Collections.Concurrent;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Secrets;

/// <summary>
/// Replaces every secret that was met in this process in texts for people and logs. Strings shorter than three characters are left
/// alone: masking them would make texts unreadable and tell nothing less.
/// </summary>
internal sealed class SecretMasker
{
    private const string Mask = "[secret]";
    private const int ShortestMasked = 3;

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);
    private volatile string[]? _longestFirst;

    public void Learn(PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Text text:
                Learn(text.Value);
                break;
            case PropertyValue.Secret secret:
                Learn(secret.Element);
                break;
            case PropertyValue.List list:
                foreach (var item in list.Items)
                {
                    Learn(item);
                }

                break;
            case PropertyValue.Map map:
                foreach (var (_, member) in map.Members)
                {
                    Learn(member);
                }

                break;
            case PropertyValue.Asset { Content: { } content }:
                Learn(content);
                break;
        }
    }

    public void Learn(string secret)
    {
        Add(secret);
        var trimmed = secret.Trim();
        Add(trimmed);

        // The form in which it would show inside JSON output.
        var json = PropertyJson.Encode(PropertyValue.Of(trimmed));
        Add(json[1..^1]);

        // A key file is printed line by line.
        if (trimmed.Contains('\n', StringComparison.Ordinal))
        {
            foreach (var line in trimmed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length >= 16 && !line.StartsWith("-----", StringComparison.Ordinal))
                {
                    Add(line);
                }
            }
        }
    }

    /// <summary>Learns what is secret inside a value, and nothing else.</summary>
    public void LearnSecretsIn(PropertyMap map)
    {
        if (!map.ContainsSecrets)
        {
            return;
        }

        foreach (var (_, value) in map)
        {
            LearnSecretsIn(value);
        }
    }

    public string Apply(string text)
    {
        if (_secrets.IsEmpty || text.Length < ShortestMasked)
        {
            return text;
        }

        var secrets = _longestFirst ??= [.. _secrets.Keys.OrderByDescending(secret => secret.Length)];
        foreach (var secret in secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
            {
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
            }
        }

        return text;
    }

    private void LearnSecretsIn(PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Secret secret:
                Learn(secret.Element);
                break;
            case PropertyValue.List list:
                foreach (var item in list.Items)
                {
                    LearnSecretsIn(item);
                }

                break;
            case PropertyValue.Map map:
                LearnSecretsIn(map.Members);
                break;
        }
    }

    private void Add(string secret)
    {
        if (secret.Length >= ShortestMasked && secret is not ("true" or "false") && _secrets.TryAdd(secret, value: true))
        {
            _longestFirst = null;
        }
    }
}
