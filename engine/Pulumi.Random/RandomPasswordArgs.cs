namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomPassword"/>.</summary>
public sealed class RandomPasswordArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomPassword"/>.</summary>
    public RandomPasswordArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomPasswordArgs Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The length.</summary>
    [Input("length", required: true)]
    public Input<int> Length { get; set; } = null!;

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

    /// <summary>Whether special characters may occur; true by default.</summary>
    [Input("special")]
    public Input<bool>? Special { get; set; }

    /// <summary>Whether upper-case letters may occur; true by default.</summary>
    [Input("upper")]
    public Input<bool>? Upper { get; set; }
}
