using AppStack.Engine.Execution;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Operations;

/// <summary>The functions of package <c>pulumi</c> that the engine answers itself.</summary>
internal sealed class BuiltInFunctions(RunStates states, Func<string, Task<PropertyMap?>> readStackOutputs)
{
    /// <summary>The answer; <see langword="null"/> when the function is a provider's.</summary>
    public async Task<InvokeResponse?> TryInvokeAsync(InvokeRequest request) => request.Token switch
    {
        "pulumi:pulumi:getResource" => GetResource(request.Arguments),
        "pulumi:pulumi:readStackOutputs" => await ReadStackOutputsAsync(request.Arguments),
        _ => null,
    };

    private static InvokeResponse Wrong(string property, string reason) => new(PropertyMap.Empty, [new CheckFailure(property, reason)]);

    private InvokeResponse GetResource(PropertyMap arguments)
    {
        if (arguments.Find("urn") is not PropertyValue.Text urn)
        {
            return Wrong("urn", "The URN of a resource of this run belongs here.");
        }

        if (states.FindLive(urn.Value) is not { } found)
        {
            return Wrong("urn", $"This run has not registered {urn.Value}.");
        }

        return new InvokeResponse(
            PropertyMap.Of(
                ("urn", PropertyValue.Of(found.State.Urn)),
                ("id", PropertyValue.Of(found.State.Id)),
                ("state", PropertyValue.Of(found.State.Outputs))),
            []);
    }

    private async Task<InvokeResponse> ReadStackOutputsAsync(PropertyMap arguments)
    {
        if (arguments.Find("name") is not PropertyValue.Text name)
        {
            return Wrong("name", "The name of a stack of this backend belongs here.");
        }

        return await readStackOutputs(name.Value) is { } outputs
            ? new InvokeResponse(PropertyMap.Of(("name", name), ("outputs", PropertyValue.Of(outputs))), [])
            : Wrong("name", $"There is no stack '{name.Value}' in this backend.");
    }
}
