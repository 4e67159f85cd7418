namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomUuid4"/>.</summary>
public sealed class RandomUuid4Args : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomUuid4"/>.</summary>
    public RandomUuid4Args()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomUuid4Args Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }
}
