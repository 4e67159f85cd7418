using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomUuid</c> and its siblings of a certain version.</summary>
internal sealed class RandomUuidHandler(string type, Func<Guid> make) : RandomHandler(type, PropertyMap.Empty)
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("result", false)];

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs) => Complete(inputs, make());

    protected override (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid))
        {
            throw new ProviderException($"'{id}' is no UUID.");
        }

        var (newId, outputs) = Complete(PropertyMap.Empty, uuid);
        return (newId, PropertyMap.Empty, outputs);
    }

    private static (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, Guid uuid) =>
        (uuid.ToString("D"), inputs.With("result", PropertyValue.Of(uuid.ToString("D"))));
}
