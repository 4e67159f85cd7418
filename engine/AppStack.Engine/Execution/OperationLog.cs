using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Execution;

/// <summary>What a running operation says, attributed to its resource.</summary>
internal sealed class OperationLog(EventStream events, string urn) : IOperationLog
{
    public void Write(LogSeverity severity, string message) => events.Log(new LogMessage(severity, message, urn));

    public void Status(string message) => events.Status(urn, message);
}
