using System.Security.Cryptography;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomBytes</c>: secret bytes.</summary>
internal sealed class RandomBytesHandler() : RandomHandler(
    "random:index/randomBytes:RandomBytes",
    PropertyMap.Empty,
    new InputProperty("length", InputKind.Integer, Required: true, Replaces: true))
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("base64", true), ("hex", true)];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Numbers.AtLeast(Schema.Check(request.NewInputs), "length", 1));

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs) =>
        Complete(inputs, RandomNumberGenerator.GetBytes(inputs.Integer("length") ?? 0));

    protected override (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(id);
        }
        catch (FormatException exception)
        {
            throw new ProviderException("The id to import RandomBytes from must be their base64 output.", exception);
        }

        var inputs = PropertyMap.Of(("length", PropertyValue.Of(bytes.Length)));
        var (newId, outputs) = Complete(inputs, bytes);
        return (newId, inputs, outputs);
    }

    // The id must not tell the bytes, so it says nothing.
    private static (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, byte[] bytes) =>
        ("none",
            inputs
                .With("base64", PropertyValue.Of(Convert.ToBase64String(bytes)).AsSecret())
                .With("hex", PropertyValue.Of(Convert.ToHexStringLower(bytes)).AsSecret()));
}
