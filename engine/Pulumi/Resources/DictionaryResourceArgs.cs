using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Arguments given as a dictionary, for resources whose class is not known at compile time.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    /// <summary>Takes arguments by name.</summary>
    /// <param name="dictionary">The arguments; values may be outputs.</param>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        _dictionary = dictionary;
    }

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => _dictionary;
}
