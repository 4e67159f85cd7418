namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomUuid7"/>.</summary>
public sealed class RandomUuid7Args : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomUuid7"/>.</summary>
    public RandomUuid7Args()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomUuid7Args Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }
}
