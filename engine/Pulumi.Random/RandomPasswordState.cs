namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomPassword"/> that is read.</summary>
public sealed class RandomPasswordState : ResourceArgs
{
    [Input("bcryptHash")]
    private Input<string>? _bcryptHash;

    [Input("keepers")]
    private InputMap<string>? _keepers;

    [Input("result")]
    private Input<string>? _result;

    /// <summary>What is known of a <see cref="RandomPassword"/> that is read.</summary>
    public RandomPasswordState()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomPasswordState Empty => new();

    /// <summary>A bcrypt hash of the value; always secret.</summary>
    public Input<string>? BcryptHash
    {
        get => _bcryptHash;
        set => _bcryptHash = Utilities.AsSecret(value);
    }

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The length.</summary>
    [Input("length")]
    public Input<int>? Length { get; set; }

    /// <summary>Whether lower-case letters may occur; true by default.</summary>
    [Input("lower")]
    public Input<bool>? Lower { get; set; }

    /// <summary>The least number of lower-case letters; 0 by default.</summary>
    [Input("minLower")]
    public Input<int>? MinLower { get; set; }

    /// <summary>The least number of digits; 0 by default.</summary>
    [Input("minNumeric")]
    public Input<int>? MinNumeric { get; set; }

    /// <summary>The least number of special characters; 0 by default.</summary>
    [Input("minSpecial")]
    public Input<int>? MinSpecial { get; set; }

    /// <summary>The least number of upper-case letters; 0 by default.</summary>
    [Input("minUpper")]
    public Input<int>? MinUpper { get; set; }

    /// <summary>The old name of <c>numeric</c>.</summary>
    [Input("number")]
    public Input<bool>? Number { get; set; }

    /// <summary>Whether digits may occur; true by default.</summary>
    [Input("numeric")]
    public Input<bool>? Numeric { get; set; }

    /// <summary>The special characters to choose from, instead of the default ones.</summary>
    [Input("overrideSpecial")]
    public Input<string>? OverrideSpecial { get; set; }

    /// <summary>The random value; always secret.</summary>
    public Input<string>? Result
    {
        get => _result;
        set => _result = Utilities.AsSecret(value);
    }

    /// <summary>Whether special characters may occur; true by default.</summary>
    [Input("special")]
    public Input<bool>? Special { get; set; }

    /// <summary>Whether upper-case letters may occur; true by default.</summary>
    [Input("upper")]
    public Input<bool>? Upper { get; set; }
}
