using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomId</c>: random bytes in several notations.</summary>
internal sealed class RandomIdHandler() : RandomHandler(
    "random:index/randomId:RandomId",
    PropertyMap.Empty,
    new("byteLength", InputKind.Integer, Required: true, Replaces: true),
    new("prefix", InputKind.Text, Replaces: true))
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("b64Std", false), ("b64Url", false), ("dec", false), ("hex", false)];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Numbers.AtLeast(Schema.Check(request.NewInputs), "byteLength", 1));

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs) =>
        Complete(inputs, RandomNumberGenerator.GetBytes(inputs.Integer("byteLength") ?? 0));

    protected override (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id)
    {
        // 'prefix,id' or 'id', as Pulumi's own provider takes it.
        var comma = id.LastIndexOf(',');
        if (!Base64Url.IsValid(id.AsSpan(comma + 1)))
        {
            throw new ProviderException($"'{id}' is no id of a RandomId; give its b64Url output, with a prefix as 'prefix,b64Url'.");
        }

        var bytes = Base64Url.DecodeFromChars(id.AsSpan(comma + 1));
        var inputs = PropertyMap.Of(("byteLength", PropertyValue.Of(bytes.Length)));
        inputs = comma > 0 ? inputs.With("prefix", PropertyValue.Of(id[..comma])) : inputs;
        var (newId, outputs) = Complete(inputs, bytes);
        return (newId, inputs, outputs);
    }

    private static (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, byte[] bytes)
    {
        var prefix = inputs.Text("prefix") ?? "";
        var url = Base64Url.EncodeToString(bytes);
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return (url, inputs
            .With("b64Std", PropertyValue.Of(prefix + Convert.ToBase64String(bytes)))
            .With("b64Url", PropertyValue.Of(prefix + url))
            .With("dec", PropertyValue.Of(prefix + number.ToString(CultureInfo.InvariantCulture)))
            .With("hex", PropertyValue.Of(prefix + Convert.ToHexStringLower(bytes))));
    }
}
