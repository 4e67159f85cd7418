using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomString</c>: a text that is not secret.</summary>
internal sealed class RandomStringHandler() : RandomTextHandler("random:index/randomString:RandomString")
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("result", false)];

    // The schema version is that of Pulumi's own provider, which would otherwise migrate the state.
    protected override (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, string text) =>
        (text, inputs.With("result", PropertyValue.Of(text)).With("__meta", PropertyValue.Of("{\"schema_version\":\"2\"}")));
}
