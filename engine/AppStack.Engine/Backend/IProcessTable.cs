namespace AppStack.Engine.Backend;

/// <summary>What is known of the processes and names of this machine; the seam for testing locks.</summary>
internal interface IProcessTable
{
    string HostName { get; }

    string UserName { get; }

    int CurrentProcess { get; }

    /// <summary>When a process of this machine started; <see langword="null"/> when there is none with that number.</summary>
    DateTimeOffset? Started(int processId);
}
