namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomBytes"/>.</summary>
public sealed class RandomBytesArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomBytes"/>.</summary>
    public RandomBytesArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomBytesArgs Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The number of random bytes.</summary>
    [Input("length", required: true)]
    public Input<int> Length { get; set; } = null!;
}
