using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A random identifier; not secret.</summary>
[RandomResourceType("random:index/randomId:RandomId")]
public class RandomId : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomId(string name, RandomIdArgs args, CustomResourceOptions? options = null)
        : base("random:index/randomId:RandomId", name, args ?? new RandomIdArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomId(string name, Input<string> id, RandomIdState? state, CustomResourceOptions? options)
        : base("random:index/randomId:RandomId", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>The value in base64.</summary>
    [Output("b64Std")]
    public Output<string> B64Std { get; private set; } = null!;

    /// <summary>The value in base64 for URLs.</summary>
    [Output("b64Url")]
    public Output<string> B64Url { get; private set; } = null!;

    /// <summary>The number of random bytes.</summary>
    [Output("byteLength")]
    public Output<int> ByteLength { get; private set; } = null!;

    /// <summary>The value in decimal.</summary>
    [Output("dec")]
    public Output<string> Dec { get; private set; } = null!;

    /// <summary>The value in hexadecimal.</summary>
    [Output("hex")]
    public Output<string> Hex { get; private set; } = null!;

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>A text to put before the random value.</summary>
    [Output("prefix")]
    public Output<string?> Prefix { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomId Get(string name, Input<string> id, RandomIdState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
