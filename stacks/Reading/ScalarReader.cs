using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>Turns the text of one value into what its key accepts, or says what is wrong with it.</summary>
internal static class ScalarReader
{
    /// <summary>Reads one value.</summary>
    /// <returns>The value, or what is wrong and what would be right.</returns>
    public static ScalarResult Read(string text, Type type, KeyAttribute key)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string))
        {
            return ReadText(text, key);
        }

        if (target == typeof(int) || target == typeof(long))
        {
            return ReadNumber(text, target, key);
        }

        if (target == typeof(bool))
        {
            return text is "true" or "false" ? new(text is "true") : new($"'{text}' is neither true nor false", "true or false");
        }

        if (target.IsEnum)
        {
            return ReadWord(text, target);
        }

        if (target == typeof(TimeSpan))
        {
            return Durations.TryParse(text, out var duration)
                ? new(duration)
                : new($"'{text}' is not a duration", $"a number with its unit (ms, s, m, h, d): {Or(key.Example, "500ms")}");
        }

        if (target == typeof(IPAddress))
        {
            return ReadAddress(text, key);
        }

        return target == typeof(IPNetwork)
            ? ReadNetwork(text, key)
            : throw new NotSupportedException($"No reader for the type {target.Name} of a descriptor.");
    }

    private static ScalarResult ReadText(string text, KeyAttribute key) =>
        TextFormats.IsMatch(key.Format, text)
            ? new(text)
            : new($"'{text}' is not written as it must be", WithExample(TextFormats.Rule(key.Format), key));

    private static ScalarResult ReadNumber(string text, Type target, KeyAttribute key)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return new($"'{text}' is not a whole number", Range(key));
        }

        if (number < key.Minimum || number > key.Maximum)
        {
            return new($"{number} is out of range", Range(key));
        }

        return target == typeof(int) ? new((int)number) : new(number);
    }

    private static ScalarResult ReadWord(string text, Type target)
    {
        foreach (var value in Enum.GetValues(target))
        {
            if (Words.Of(value) == text)
            {
                return new(value);
            }
        }

        var words = Words.All(target);
        var nearest = NearestName.Of(text, words);
        var list = string.Join(", ", words);
        return new($"'{text}' is not one of the words allowed here", nearest is null ? $"one of: {list}" : $"did you mean {nearest}? Allowed: {list}");
    }

    private static ScalarResult ReadAddress(string text, KeyAttribute key)
    {
        if (text.Contains('/'))
        {
            return new($"'{text}' is a network, not an address", "the address alone, without the prefix length");
        }

        // IPAddress also reads "10.1" and "167772161"; people who write that made a mistake.
        var dotted = !text.Contains(':');
        if (!IPAddress.TryParse(text, out var address) || (dotted && text.Split('.').Length != 4) || address.ScopeId() != 0)
        {
            return new($"'{text}' is not an IP address", WithExample("four numbers from 0 to 255 with dots, or an IPv6 address", key));
        }

        return new(address);
    }

    private static ScalarResult ReadNetwork(string text, KeyAttribute key)
    {
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return new($"'{text}' has no prefix length", WithExample("address/length", key));
        }

        if (!IPAddress.TryParse(text.AsSpan(0, slash), out var address) || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return new($"'{text}' is not a network", WithExample("address/length", key));
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (length > bits)
        {
            return new($"the prefix length {length} is out of range", $"0 to {bits}");
        }

        var network = Networks.Containing(address, length);
        return network.BaseAddress.Equals(address)
            ? new(network)
            : new($"'{text}' has bits set after the prefix", $"the network is {network}; a single address is {address}/{bits}");
    }

    private static string Range(KeyAttribute key) => (key.Minimum, key.Maximum) switch
    {
        (long.MinValue, long.MaxValue) => WithExample("a whole number", key),
        (_, long.MaxValue) => WithExample($"a whole number from {key.Minimum}", key),
        _ => WithExample($"a whole number from {key.Minimum} to {key.Maximum}", key),
    };

    private static string WithExample(string rule, KeyAttribute key) => key.Example.Length == 0 ? rule : $"{rule}; for example {key.Example}";

    private static string Or(string first, string second) => first.Length == 0 ? second : first;

    private static long ScopeId(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
