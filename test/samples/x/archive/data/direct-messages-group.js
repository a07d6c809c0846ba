window.YTD.direct_messages_group.part0 = [
 {
  "dmConversation": {
   "conversationId": "900000000000000001",
   "messages": [
    {
     "conversationNameUpdate": {
      "name": "Hikers",
      "initiatingUserId": "222",
      "createdAt": "2023-11-14T23:04:00.000Z"
     }
    },
    {
     "participantsLeave": {
      "userIds": [
       "333"
      ],
      "createdAt": "2023-11-14T23:03:00.000Z"
     }
    },
    {
     "participantsJoin": {
      "userIds": [
       "333"
      ],
      "initiatingUserId": "222",
      "createdAt": "2023-11-14T23:02:00.000Z"
     }
    },
    {
     "fromTheFuture": {
      "initiatingUserId": "222",
      "createdAt": "2023-11-14T23:01:30.000Z"
     }
    },
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "group",
      "mediaUrls": [
       "https://ton.twitter.com/dm/8/8/v.mp4"
      ],
      "senderId": "222",
      "id": "900000000000000011",
      "createdAt": "2023-11-14T23:01:00.000Z"
     }
    },
    {
     "joinConversation": {
      "initiatingUserId": "222",
      "participantsSnapshot": [
       "111",
       "222"
      ],
      "createdAt": "2023-11-14T23:00:00.000Z"
     }
    }
   ]
  }
 }
]