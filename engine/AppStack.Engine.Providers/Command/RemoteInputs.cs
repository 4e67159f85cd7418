using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Providers.Command;

/// <summary>Validates what all remote resources have.</summary>
internal static class RemoteInputs
{
    public static CheckResult CheckConnection(CheckResult result, HostKeyPolicy hostKeys)
    {
        if (result.Inputs.Find("connection") is not { } connection)
        {
            return result;
        }

        List<CheckFailure> failures = [];
        var check = ConnectionInput.Check(connection, hostKeys.AllowUnknown, failures);
        return new CheckResult(result.Inputs.With("connection", check), [.. result.Failures, .. failures]);
    }
}
