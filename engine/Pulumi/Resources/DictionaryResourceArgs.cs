using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Arguments given as a dictionary, for resources whose class is not known at compile time.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes arguments by name.</summary>
    /// <param name="dictionary">The arguments; values may be outputs.</param>
    /// <exception cref="InvalidOperationException">A value's type cannot be sent to the engine.</exception>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        foreach (var value in dictionary.Values)
        {
            if (value?.GetType() is { } type)
            {
                OutputTypes.Check(nameof(dictionary), value is IOutput ? type.GenericTypeArguments[0] : type);
            }
        }

        _dictionary = dictionary;
    }

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => _dictionary;
}
