using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>Random bytes; secret.</summary>
[RandomResourceType("random:index/randomBytes:RandomBytes")]
public class RandomBytes : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomBytes(string name, RandomBytesArgs args, CustomResourceOptions? options = null)
        : base("random:index/randomBytes:RandomBytes", name, args ?? new RandomBytesArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomBytes(string name, Input<string> id, RandomBytesState? state, CustomResourceOptions? options)
        : base("random:index/randomBytes:RandomBytes", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>The value in base64.</summary>
    [Output("base64")]
    public Output<string> Base64 { get; private set; } = null!;

    /// <summary>The value in hexadecimal.</summary>
    [Output("hex")]
    public Output<string> Hex { get; private set; } = null!;

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>The number of random bytes.</summary>
    [Output("length")]
    public Output<int> Length { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomBytes Get(string name, Input<string> id, RandomBytesState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            AdditionalSecretOutputs = { "base64", "hex" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
