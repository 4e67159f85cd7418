using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A random password; secret, unlike <see cref="RandomString"/>.</summary>
[RandomResourceType("random:index/randomPassword:RandomPassword")]
public class RandomPassword : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomPassword(string name, RandomPasswordArgs args, CustomResourceOptions? options = null)
        : base("random:index/randomPassword:RandomPassword", name, args ?? new RandomPasswordArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomPassword(string name, Input<string> id, RandomPasswordState? state, CustomResourceOptions? options)
        : base("random:index/randomPassword:RandomPassword", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>A bcrypt hash of the value.</summary>
    [Output("bcryptHash")]
    public Output<string> BcryptHash { get; private set; } = null!;

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>The length.</summary>
    [Output("length")]
    public Output<int> Length { get; private set; } = null!;

    /// <summary>Whether lower-case letters may occur; true by default.</summary>
    [Output("lower")]
    public Output<bool> Lower { get; private set; } = null!;

    /// <summary>The least number of lower-case letters; 0 by default.</summary>
    [Output("minLower")]
    public Output<int> MinLower { get; private set; } = null!;

    /// <summary>The least number of digits; 0 by default.</summary>
    [Output("minNumeric")]
    public Output<int> MinNumeric { get; private set; } = null!;

    /// <summary>The least number of special characters; 0 by default.</summary>
    [Output("minSpecial")]
    public Output<int> MinSpecial { get; private set; } = null!;

    /// <summary>The least number of upper-case letters; 0 by default.</summary>
    [Output("minUpper")]
    public Output<int> MinUpper { get; private set; } = null!;

    /// <summary>The old name of <c>numeric</c>.</summary>
    [Output("number")]
    public Output<bool> Number { get; private set; } = null!;

    /// <summary>Whether digits may occur; true by default.</summary>
    [Output("numeric")]
    public Output<bool> Numeric { get; private set; } = null!;

    /// <summary>The special characters to choose from, instead of the default ones.</summary>
    [Output("overrideSpecial")]
    public Output<string?> OverrideSpecial { get; private set; } = null!;

    /// <summary>The random value.</summary>
    [Output("result")]
    public Output<string> Result { get; private set; } = null!;

    /// <summary>Whether special characters may occur; true by default.</summary>
    [Output("special")]
    public Output<bool> Special { get; private set; } = null!;

    /// <summary>Whether upper-case letters may occur; true by default.</summary>
    [Output("upper")]
    public Output<bool> Upper { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomPassword Get(string name, Input<string> id, RandomPasswordState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
            AdditionalSecretOutputs = { "bcryptHash", "result" },
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
